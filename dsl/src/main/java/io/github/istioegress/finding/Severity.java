package io.github.istioegress.finding;

/** How grave a finding is, the gravest first. */
public enum Severity {
  /** It will not do as intended, or opens what was to stay closed. */
  ERROR,
  /** It may not do as intended. */
  WARNING,
  /** Good to know; nothing needs to change. */
  INFO
}
