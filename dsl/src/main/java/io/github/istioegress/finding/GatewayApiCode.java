package io.github.istioegress.finding;

import static io.github.istioegress.finding.CatalogueEntry.error;
import static io.github.istioegress.finding.CatalogueEntry.warning;

/** 8xx: the Gateway API and ambient mode. */
@SuppressWarnings("ImmutableEnumChecker") // An entry is a record of values.
public enum GatewayApiCode implements FindingCode {
  /** The waypoint that a label names does not serve. */
  WAYPOINT_NOT_FOUND(
      error(
              "EGR801",
              "waypoint does not serve",
              "%s is to use a waypoint for %s, and %s: calls go past any waypoint, and its rules do"
                  + " not hold",
              "Name a waypoint that is there, and let the namespace in by its allowedRoutes")
          .like("KIA1313")),

  /** A rule about HTTP is bound to pods whose calls a waypoint takes. */
  HTTP_RULE_BY_SELECTOR(
      error(
              "EGR802",
              "rule for HTTP enforced by ztunnel",
              "%s asks about HTTP for pods of %s, whose calls waypoint %s takes: the waypoint does"
                  + " not ask it, and ztunnel, which does, cannot read HTTP and denies",
              "Bind it to the Service, the ServiceEntry or the waypoint by spec.targetRefs")
          .like("KIA0110", "IST0167")),

  /** A route's parent is not there, or does not take it. */
  PARENT_DOES_NOT_TAKE(
      error(
              "EGR803",
              "route without a parent",
              "%s names Gateway %s as its parent, %s: the route holds nowhere",
              "%4$s")
          .like("KIA1401")),

  /** A route's backend is not there, or not granted. */
  BACKEND_NOT_FOUND(
      error(
              "EGR804",
              "backend not found",
              "%s sends to %s, %s: calls end with 500 or a closed connection",
              "%4$s")
          .like("KIA1402", "KIA1601")),

  /** Two listeners are one. */
  LISTENER_TWICE(
      error(
              "EGR805",
              "listener said twice",
              "%s has listener %s on %s, as has listener %s: they conflict, and neither is sure to"
                  + " open",
              "Give them different ports, protocols or hostnames")
          .like("KIA1501", "KIA1502", "KIA1503")),

  /** A rule about HTTP where nobody reads HTTP. */
  HTTP_RULE_WITHOUT_WAYPOINT(
      warning(
              "EGR806",
              "rule for HTTP without a waypoint",
              "%s asks about HTTP for pods of %s, which is in ambient mode without a waypoint:"
                  + " ztunnel cannot read HTTP, leaves ALLOW rules out and denies what they were"
                  + " for",
              "Give the namespace a waypoint and bind the policy by spec.targetRefs, or ask for"
                  + " ports and identities only")
          .like("KIA0109", "KIA0210", "KIA0211", "KIA0212", "KIA1109", "KIA1113", "KIA1114")),

  /** Sidecars and ambient mode at once. */
  TWO_DATA_PLANES(
      error(
              "EGR807",
              "sidecars and ambient mode at once",
              "%s asks for ambient mode and, by %s, for sidecars: pods get a sidecar, and ztunnel"
                  + " leaves them alone",
              "Keep one of the two labels")
          .like("KIA1311", "KIA1314", "KIA1315", "KIA1316")),

  /** A class that nobody makes. */
  CLASS_NOT_FOUND(
      error(
              "EGR808",
              "gateway class not found",
              "%s is of class %s, which is not there: nobody starts its pods, and it has no"
                  + " address",
              "Write %3$s")
          .like("KIA1504", "IST0156", "IST0172", "IST0176")),

  /** A policy selects the pods of a waypoint. */
  SELECTOR_OF_WAYPOINT(
      warning(
              "EGR809",
              "selector without effect",
              "%s selects the pods of waypoint %s by their labels: a waypoint asks only policies"
                  + " bound to it, or to what it serves, by targetRefs",
              "Write spec.targetRefs, kind Gateway, in place of the selector")
          .like("IST0166")),

  /** A policy for an entry that no waypoint serves. */
  ENTRY_WITHOUT_WAYPOINT(
      error(
          "EGR810",
          "policy for an entry without a waypoint",
          "%s is for %s, which no waypoint serves: nothing asks the policy, and calls pass",
          "Label the ServiceEntry with istio.io/use-waypoint"));

  private final CatalogueEntry entry;

  GatewayApiCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
