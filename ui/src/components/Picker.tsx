import { useInfiniteQuery } from "@tanstack/react-query";
import { useCombobox } from "downshift";
import { type ChangeEvent, type UIEvent, useState } from "react";
import { CloseButton, Form } from "react-bootstrap";

import type { searchable } from "../api/search";
import type { Named } from "../api/types";
import { useSettled } from "./useSettled";

interface Props {
  label: string;
  /** The chosen item, once known; null when nothing is chosen. */
  chosen: Named | null;
  search: (text: string) => ReturnType<typeof searchable>;
  /** "" when it is cleared. */
  onChoose: (id: string, item?: Named) => void;
  placeholder: string;
  disabled?: boolean;
  required?: boolean;
  /** The label is for those who don't see the page. */
  hideLabel?: boolean;
  autoFocus?: boolean;
  /** Where what is missing can be added: the last choice of the list. */
  onAdd?: () => void;
}

const NEW = "";

/** A searchable choice from a paged list: type, move with the arrow keys, Enter chooses, Escape leaves. */
export function Picker(props: Props) {
  const { label, chosen, search, onChoose, placeholder, disabled, required, hideLabel = false, autoFocus, onAdd } = props;
  const [typed, setTyped] = useState<string>();
  const text = useSettled(typed ?? "");
  const found = useInfiniteQuery({ ...search(text), enabled: typed !== undefined });
  const known: Named[] = found.data?.pages.flatMap((page) => page.items) ?? [];
  const settled = !found.isFetching && text === (typed ?? "");
  const items = onAdd && settled ? [...known, { id: NEW, name: `Add a new ${label.toLowerCase()}…` }] : known;
  const more = () => {
    if (found.hasNextPage && !found.isFetching) void found.fetchNextPage();
  };

  const box = useCombobox<Named>({
    items,
    selectedItem: chosen,
    inputValue: typed ?? chosen?.name ?? "",
    itemToString: (item) => item?.name ?? "",
    itemToKey: (item) => item?.id,
    onIsOpenChange: ({ isOpen }) => setTyped((now) => (isOpen ? (now ?? "") : undefined)),
    onHighlightedIndexChange: ({ highlightedIndex }) => {
      if (highlightedIndex > items.length - 4) more();
    },
    stateReducer: (state, { type, changes }) =>
      type === useCombobox.stateChangeTypes.InputBlur ? { ...changes, selectedItem: state.selectedItem } : changes,
    onStateChange: ({ type, selectedItem }) => {
      const { ItemClick, InputKeyDownEnter } = useCombobox.stateChangeTypes;
      if ((type !== ItemClick && type !== InputKeyDownEnter) || !selectedItem) return;
      if (selectedItem.id === NEW) onAdd?.();
      else onChoose(selectedItem.id, selectedItem);
    },
  });
  const onScroll = ({ currentTarget: menu }: UIEvent) => {
    if (menu.scrollHeight - menu.scrollTop - menu.clientHeight < 80) more();
  };

  return (
    <div className="picker">
      <Form.Label visuallyHidden={hideLabel} {...box.getLabelProps()}>{label}</Form.Label>
      <Form.Control
        size="sm"
        {...box.getInputProps({
          disabled,
          required,
          autoFocus,
          placeholder: chosen?.name ?? placeholder,
          autoComplete: "off",
          spellCheck: false,
          onChange: (event: ChangeEvent<HTMLInputElement>) => setTyped(event.target.value),
        })}
        title={chosen?.name}
      />
      {chosen && (
        <CloseButton className="picker-clear" aria-label={`Clear ${label}`} onClick={() => onChoose("")} />
      )}
      <ul {...box.getMenuProps({ onScroll })} className={`dropdown-menu ${box.isOpen ? "show" : ""}`}>
        {box.isOpen && known.length === 0 && <li className="dropdown-item-text">{emptiness(found)}</li>}
        {box.isOpen &&
          items.map((item, index) => (
            <li
              key={item.id}
              className={`dropdown-item ${index === box.highlightedIndex ? "highlighted" : ""} ${item.id === NEW ? "add-new" : ""}`}
              {...box.getItemProps({ item, index })}
            >
              {item.name}
              {item.description && <small>{item.description}</small>}
            </li>
          ))}
      </ul>
    </div>
  );
}

function emptiness({ error, isFetching }: { error: Error | null; isFetching: boolean }): string {
  if (error) return error.message;
  return isFetching ? "Searching…" : "Nothing has this name.";
}
