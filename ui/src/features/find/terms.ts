/** Words of statistics, each in a sentence for people without any. */
export const TERMS = {
  interval:
    "The true average lies in this range in 95 of 100 such cases; a wide one means that few runs were made, or that they differ.",
  "single run":
    "One run can't show how much runs differ from day to day, so it is drawn hollow, without an interval, and is never called clearly best.",
  "geometric mean":
    "The average of ratios: a machine twice as fast in one metric and half as fast in another comes out even.",
  ratio: "How fast each is against the baseline, which has 100 %; more is always better, whichever way the metric counts.",
  "rank range": "With 95 % certainty its true rank lies within this range.",
  "probability of being best":
    "How often it came first when the ranking was drawn again 4,000 times, with each value varied within its uncertainty.",
  "clearly best": "Its lead over all others is more than chance explains (95 %).",
  "not distinguishable from the best":
    "The data can't tell it from the best: the difference may be chance, so either is a good choice.",
  "clearly behind": "It is worse than the best by more than chance explains (95 %).",
  unknown: "There are too few repeated runs to say whether the difference is more than chance.",
  baseline: "What all are compared with: its ratio is 100 %.",
  "per core": "Values are related to the number of cores, so that machines of different size can be compared by what one core does.",
  parameters: "Settings of the benchmark, such as the size of the problem: only results with equal ones can be compared.",
  coverage: "Which share of the weights it has results for.",
  weights: "How much each metric counts; only their proportions matter.",
  sensitivity: "Whether the first stays first when the weight of any metric is a fifth larger or smaller.",
  split: "A machine type that runs on different hardware is not one machine: this ranks each kind of hardware by itself.",
  estimate: "Not measured: computed from the same hardware elsewhere, or from other sizes of the machine, with a wide interval.",
  "changed since": "From this time on its results are different from before, by more than chance: something at the site changed.",
  "changed gradually": "Its results became different little by little, by more than chance: a line tells more than a step at one day.",
  "repeats vary": "How far the repeats within a run lie apart; it says nothing about other days.",
  speedup: "How many times as fast as the smallest number of cores.",
  efficiency: "Speedup divided by what perfect scaling would give: 50 % means that half of the cores' work is lost.",
  "Amdahl's law": "Part of the work can't be shared among cores, and this serial part limits the speedup.",
  "Universal scalability law":
    "Cores also wait for each other (contention) and must agree with each other (coherency), so that too many make it slower.",
} as const;

export type TermName = keyof typeof TERMS;
