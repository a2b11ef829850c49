package io.github.istioegress.intent;

/** A component that Istio's installation brought along up to 1.7 ({@code addonComponents}). */
public enum Addon {
  /** Dashboards. */
  GRAFANA("grafana"),
  /** Metrics. */
  PROMETHEUS("prometheus"),
  /** Traces. */
  TRACING("tracing"),
  /** The mesh console. */
  KIALI("kiali");

  private final String component;

  Addon(String component) {
    this.component = component;
  }

  /** Its key under {@code addonComponents}. */
  public String component() {
    return component;
  }
}
