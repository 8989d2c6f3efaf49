import { NavDropdown } from "react-bootstrap";

import { chooseTheme, type ThemeChoice, useThemeChoice } from "../theme";

const NAMES: [ThemeChoice, string][] = [
  ["auto", "As the system"],
  ["light", "Light"],
  ["dark", "Dark"],
];

export function ThemeSwitch() {
  const choice = useThemeChoice();
  return (
    <NavDropdown title="Theme" align="end">
      {NAMES.map(([value, name]) => (
        <NavDropdown.Item
          key={value}
          as="button"
          type="button"
          active={value === choice}
          aria-current={value === choice}
          onClick={() => chooseTheme(value)}
        >
          {name}
        </NavDropdown.Item>
      ))}
    </NavDropdown>
  );
}
