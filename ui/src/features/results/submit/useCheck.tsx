import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { Problem } from "../../../api/problem";
import { type Mistake, mistakesAt, mistakesOfSyntax } from "../../../components/json/places";
import { useSettled } from "../../../components/useSettled";
import { users } from "../../users/queries";
import { type Draft, targetOf, withTagNames } from "./draft";
import { check } from "./queries";

export interface Checked {
  mistakes: Mistake[];
  /** What the server would store, when all is well. */
  fits: boolean;
  checking: boolean;
  /** What the server says that is about no place in the document. */
  problem: Problem | undefined;
}

const NONE: Mistake[] = [];

/** Checks the document while one types: its syntax here, the rest by the server's dry run. */
export function useCheck(draft: Draft): Checked {
  const { data: session } = useQuery(users.session());
  const { json } = draft;
  const syntax = useMemo(() => (json.trim() ? mistakesOfSyntax(json) : NONE), [json]);
  const target = targetOf(draft);
  const asked = useSettled(JSON.stringify([target, json]), 400);
  const settled = asked === JSON.stringify([target, json]);
  const ready = target !== undefined && json.trim() !== "" && syntax.length === 0 && session?.registered === true;
  const dry = useQuery({
    ...check(target ?? NOWHERE, json),
    enabled: ready && settled,
  });
  const problem = ready && dry.error instanceof Problem ? dry.error : undefined;
  const found = useMemo(() => {
    const inDocument = problem?.errors.filter(({ parameter }) => parameter === undefined) ?? [];
    return inDocument.length > 0 ? mistakesAt(json, inDocument) : NONE;
  }, [problem, json]);
  return {
    mistakes: syntax.length > 0 ? syntax : found,
    fits: ready && settled && dry.isSuccess && !dry.isPlaceholderData,
    checking: ready && (!settled || dry.isFetching),
    problem: problem && found.length === 0 ? withTagNames(problem, draft) : undefined,
  };
}

const NOWHERE = { execution_datetime: "", benchmark_id: "", flavor_id: "", tags_ids: [] };
