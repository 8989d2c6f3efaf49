import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { parse } from "lossless-json";
import { expect, test, vi } from "vitest";

import { Problem, problemFrom } from "../api/problem";
import { searchable } from "../api/search";
import { ErrorNotice } from "./ErrorNotice";
import { holding, JsonTree } from "./JsonTree";
import { decimalsFor, fixed } from "./numbers";
import { Picker } from "./Picker";
import { relative } from "./RelativeTime";

const NAMES = ["CESGA", "CESNET-MCC", "IFCA-LCG2", ...Array.from({ length: 30 }, (_, n) => `Site ${n}`)];

const search = (text: string) =>
  searchable(["sites"], text, async ({ terms, page, per_page }) => {
    const found = NAMES.filter((name) => terms.every((term) => name.toLowerCase().includes(term.toLowerCase())));
    const items = found.slice((page - 1) * per_page, page * per_page).map((name) => ({ id: `id ${name}`, name }));
    return { items, page, per_page, pages: Math.ceil(found.length / per_page), total: found.length };
  });

function showPicker(onChoose: (id: string) => void, chosen: { id: string; name: string } | null = null) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Picker label="Site" placeholder="All sites" chosen={chosen} search={search} onChoose={onChoose} />
    </QueryClientProvider>,
  );
}

test("a site is found by typing and chosen by keyboard alone", async () => {
  const onChoose = vi.fn<(id?: string) => void>();
  showPicker(onChoose);
  await userEvent.type(screen.getByRole("combobox", { name: "Site" }), "cesnet");
  await screen.findByRole("option", { name: "CESNET-MCC" });
  await vi.waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(onChoose).toHaveBeenCalledExactlyOnceWith("id CESNET-MCC", { id: "id CESNET-MCC", name: "CESNET-MCC" });
});

test("walking down a long list loads more of it", async () => {
  showPicker(vi.fn<(id?: string) => void>());
  await userEvent.click(screen.getByRole("combobox"));
  await vi.waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(20));
  await userEvent.keyboard("{ArrowDown}".repeat(18));
  await vi.waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(33));
});

test("leaving the picker without choosing keeps the choice, and the cross removes it", async () => {
  const onChoose = vi.fn<(id?: string) => void>();
  showPicker(onChoose, { id: "id CESGA", name: "CESGA" });
  await userEvent.type(screen.getByRole("combobox"), "ifca");
  await userEvent.tab();
  expect(screen.getByRole("combobox")).toHaveValue("CESGA");
  expect(onChoose).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Clear Site" }));
  expect(onChoose).toHaveBeenCalledWith("");
});

test("a refusal says what happened, where, and offers another try", async () => {
  const errors = [{ parameter: "filters", detail: "No operator." }];
  const body = { title: "Unprocessable", detail: "A filter is malformed.", errors };
  const retry = vi.fn<(id?: string) => void>();
  render(<ErrorNotice error={problemFrom(new Response(null, { status: 422 }), body)} onRetry={retry} />);
  for (const text of ["Unprocessable", "A filter is malformed.", "filters No operator."]) {
    expect(screen.getByRole("alert")).toHaveTextContent(text);
  }
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(retry).toHaveBeenCalledOnce();
});

test("an answer that is no problem document is still explained", () => {
  const problem = problemFrom(new Response("<html>", { status: 502, statusText: "Bad Gateway" }), "<html>");
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ status: 502, title: "Bad Gateway", errors: [] });
});

test("JSON folds, and small branches are open at first", () => {
  render(<JsonTree value={{ a: { b: [1, "two", null] }, long: Array.from({ length: 60 }, () => 0) }} />);
  expect(screen.getByText('"two"')).toBeVisible();
  expect(screen.getByText(/60 items/).closest("details")).not.toHaveAttribute("open");
});

test("JSON is searched by keys and values, keeping what leads there", () => {
  const value = { cpu: { count: 8, model: "Xeon" }, memory: { total: 16 }, list: ["xeon phi", 1] };
  render(<JsonTree value={value} find=" XEON " />);
  expect(screen.getByText("Xeon", { selector: "mark" })).toBeVisible();
  expect(screen.getByText("xeon", { selector: "mark" })).toBeVisible();
  expect(screen.queryByText(/memory/)).toBeNull();
  expect(screen.queryByText(/count/)).toBeNull();
  expect(holding(value, "memory")).toEqual(new Set(["", "/memory", "/memory/total"]));
});

test("JSON keeps digits that JavaScript's numbers can't hold", () => {
  render(<JsonTree value={parse('{"bytes": 9007199254740993, "ratio": 0.10}')} find="0993" />);
  expect(screen.getByText("9007199254740993".slice(-4), { selector: "mark" })).toBeVisible();
  expect(document.querySelector(".json-number")).toHaveTextContent("9007199254740993");
});

test("where nothing is found in JSON, that is said", () => {
  render(<JsonTree value={{ a: 1 }} find="zebra" />);
  expect(screen.getByText("Nothing here holds “zebra”.")).toBeVisible();
});

test("numbers in a column share their decimals", () => {
  expect(decimalsFor([2270.918, 28.0797, 105.2])).toBe(2);
  expect(decimalsFor([1, 2, 32])).toBe(0);
  expect(decimalsFor([2.2946, 2])).toBe(3);
  expect(decimalsFor([0.000012])).toBe(6);
  expect(decimalsFor([])).toBe(0);
  expect(fixed(2270.918, 2)).toBe("2,270.92");
});

test("times are told relative to now", () => {
  const now = new Date("2026-06-01T12:00:00Z");
  expect(relative(new Date("2021-03-01T00:00:00Z"), now)).toBe("5 years ago");
  expect(relative(new Date("2026-05-31T11:00:00Z"), now)).toBe("yesterday");
  expect(relative(new Date("2026-06-01T11:59:50Z"), now)).toBe("10 seconds ago");
});
