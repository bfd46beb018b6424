#!/bin/bash
# An archive as a Slurm array, and the report behind it:
#   N=16; array=$(sbatch --parsable --array=1-$N --export=ALL,N=$N slurm_array.sh archive/) &&
#   sbatch --dependency=afterok:$array --wrap 'stance report --format html -o report.html part-*.jsonl'
# N is handed on by name: when some tasks are run again (--array=3,7), Slurm's own count would be 2, and the parts other ones. A part that
# is finished is left as it is. Before the time limit the task stops after a whole article and queues itself again; it goes on from there.
#SBATCH --job-name=stance --requeue --open-mode=append --signal=B:USR1@60
part=part-$SLURM_ARRAY_TASK_ID.jsonl
if [ -e "$part" ]; then echo "$part is finished"; exit 0; fi
stance classify --threads "${SLURM_CPUS_PER_TASK:-1}" --shard "$SLURM_ARRAY_TASK_ID/${N:?how many parts}" --max-rejects 1% \
  --rejects "rejects-$SLURM_ARRAY_TASK_ID.jsonl" --resume --format jsonl --output "$part" "$@" & stance=$!
again() { kill -TERM $stance; wait $stance; scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"; exit 0; }
trap again USR1
trap 'kill -TERM $stance' TERM
# A trap interrupts wait, which a program in the foreground would not let happen: it is waited for until it has ended.
while :; do wait $stance; code=$?; kill -0 $stance 2> /dev/null || exit $code; done
