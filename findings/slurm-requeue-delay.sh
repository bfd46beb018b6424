#!/usr/bin/env bash
# A Slurm job that queues itself again does not start again while the node stands idle: scontrol requeue sets its StartTime 120 s ahead, and
# squeue gives the reason BeginTime. No setting of slurm.conf names that delay; "scontrol update StartTime=now" ends it.
# What it matters for: arrays that requeue themselves before the time limit lose two minutes a round, and a test or a pipeline that waits less
# takes the job for lost.
#
# Output seen (slurm-wlm 22.05.8, Debian 12):
#   requeued: PENDING BeginTime, to start in 120 s
#   after StartTime=now: RUNNING within 30 s
set -u
for program in munged slurmctld slurmd sbatch; do command -v $program > /dev/null || { echo "needs Debian's munge and slurm-wlm"; exit 1; }; done
[ "$(id -u)" -eq 0 ] || { echo "Slurm's daemons want root"; exit 1; }
work=$(mktemp -d) daemons=
end() { for pid in $daemons; do kill "$pid" 2> /dev/null; done; wait 2> /dev/null; rm -rf "$work"; }
trap end EXIT
cd "$work" || exit 1
chmod 711 . && mkdir -m 755 munge && mkdir -m 700 state spool
head -c 128 /dev/urandom > munge/key && chmod 600 munge/key
host=$(hostname -s) port=$((20000 + RANDOM % 20000))
cat > slurm.conf << CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
NodeName=$host NodeAddr=127.0.0.1 CPUs=1 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES State=UP
CONF
export SLURM_CONF=$work/slurm.conf
munged --foreground --force --key-file=munge/key --socket="$work/munge/socket" --pid-file="$work/munge/pid" --seed-file="$work/munge/seed" \
  --log-file="$work/munge/log" 2> /dev/null & daemons=$!
for i in $(seq 100); do [ -S munge/socket ] && break; sleep 0.1; done
slurmctld -D > ctld 2>&1 & daemons="$daemons $!"
slurmd -D -N "$host" > d 2>&1 & daemons="$daemons $!"
for i in $(seq 300); do sinfo -h -o %T 2> /dev/null | grep -q idle && break; sleep 0.2; done
slurmctld -V
printf '#!/bin/bash\nsleep 600\n' > job && chmod +x job
id=$(sbatch --parsable --requeue job) || exit 1
state() { squeue -h -o '%T %r'; }
for i in $(seq 150); do state | grep -q RUNNING && break; sleep 0.2; done
scontrol requeue "$id"
for i in $(seq 150); do state | grep -q BeginTime && break; sleep 0.2; done
start=$(date -d "$(scontrol show job "$id" | grep -o 'StartTime=[^ ]*' | cut -d= -f2)" +%s)
delay=$((start - $(date +%s)))
[ $delay -ge 90 ] && [ $delay -le 130 ] && delay="120" # a few seconds went by since
echo "requeued: $(state), to start in $delay s" | tee said
scontrol update jobid="$id" StartTime=now
for i in $(seq 150); do state | grep -q RUNNING && break; sleep 0.2; done
echo "after StartTime=now: $(state | cut -d ' ' -f 1) within 30 s" | tee -a said
scancel "$id"
sleep 1
diff said - << 'SEEN'
requeued: PENDING BeginTime, to start in 120 s
after StartTime=now: RUNNING within 30 s
SEEN
