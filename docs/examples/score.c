/* Who is hostile or friendly to whom in an article:  cc score.c -lstance  &&  ./a.out MODEL GAZETTEER "Mali expelled France's envoy." */
#include <stance.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  struct stance_model *model = NULL;
  struct stance_gazetteer *gazetteer = NULL;
  struct stance_scorer *scorer = NULL;
  struct stance_scoring options = {.dyads_only = true};
  struct stance_error error = {0};
  struct stance_result result = {0};
  if (argc != 4) return 2;
  struct stance_article article = {.id = "example", .text = argv[3], .text_length = strlen(argv[3])};
  if (stance_model_open(argv[1], &model, &error) ||
      stance_gazetteer_open((const char *const *)&argv[2], 1, &gazetteer, &error) ||
      stance_scorer_new(model, gazetteer, &options, &scorer, &error) ||
      stance_scorer_run(scorer, &article, &result, &error))
    fprintf(stderr, "%s: %s\n", error.file, error.message);
  for (size_t i = 0; i < result.prediction_count; i++) {
    const struct stance_prediction *p = &result.predictions[i];
    printf("%s -> %s: %s\n", stance_actor_name(p->source), stance_actor_name(p->target),
           stance_model_label(model, p->head, p->label));
  }
  stance_scorer_destroy(scorer);
  stance_gazetteer_close(gazetteer);
  stance_model_close(model);
  return error.status;
}
