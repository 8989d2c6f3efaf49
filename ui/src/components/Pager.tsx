import { Button, ButtonGroup, Form } from "react-bootstrap";

interface Props {
  page: number;
  pages: number;
  perPage: number;
  total: number;
  sizes: number[];
  onPage: (page: number) => void;
  onPerPage: (perPage: number) => void;
  /** What is paged, in the plural. */
  what?: string;
}

const number = (value: number) => value.toLocaleString("en");

export function Pager({ page, pages, perPage, total, sizes, onPage, onPerPage, what = "results" }: Props) {
  const first = (page - 1) * perPage + 1;
  const step = (label: string, sign: string, target: number) => (
    <Button
      variant="outline-secondary"
      aria-label={label}
      disabled={target < 1 || target > pages || target === page}
      onClick={() => onPage(target)}
    >
      {sign}
    </Button>
  );
  return (
    <nav className="pager" aria-label={`Pages of ${what}`}>
      <span aria-live="polite">
        {first > total ? "none" : `${number(first)}–${number(Math.min(first + perPage - 1, total))}`} of {number(total)}
      </span>
      <ButtonGroup size="sm">
        {step("First page", "«", 1)}
        {step("Previous page", "‹", page - 1)}
        <span className="pager-place">
          {number(page)} / {number(pages)}
        </span>
        {step("Next page", "›", page + 1)}
        {step("Last page", "»", pages)}
      </ButtonGroup>
      <Form.Select
        size="sm"
        aria-label={`${what.charAt(0).toUpperCase()}${what.slice(1)} on a page`}
        value={perPage}
        onChange={(event) => onPerPage(Number(event.target.value))}
      >
        {sizes.map((size) => (
          <option key={size} value={size}>
            {size} a page
          </option>
        ))}
      </Form.Select>
    </nav>
  );
}
