import { useEffect, useRef, useState } from "react";

interface Props {
  label: string;
  min: number;
  max: number;
  step?: number;
  value: number;
  /** The value in words. */
  textOf: (value: number) => string;
  onChange: (value: number) => void;
}

const PAUSE = 180;

/** A slider that tells of its new value once it rests: each value is a question to the server. */
export function Slider({ label, min, max, step = 1, value, textOf, onChange }: Props) {
  const [moved, setMoved] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const shown = moved ?? value;
  const move = (next: number) => {
    setMoved(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setMoved(undefined);
      onChange(next);
    }, PAUSE);
  };
  return (
    <div className="slider">
      <input
        type="range"
        className="form-range"
        aria-label={label}
        aria-valuetext={textOf(shown)}
        min={min}
        max={max}
        step={step}
        value={shown}
        onChange={({ target }) => move(Number(target.value))}
      />
      <output aria-hidden="true">{textOf(shown)}</output>
    </div>
  );
}
