package io.github.istioegress.reach;

import io.github.istioegress.reach.Enforcement.Escape;
import io.github.istioegress.reach.Enforcement.Holds;
import io.github.istioegress.reach.Enforcement.Layer;
import io.github.istioegress.reach.ReachCaller.Proxy;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Call.Scheme;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Way;
import java.util.List;
import java.util.stream.Collectors;

/** A cell in two sentences: what becomes of the call, and what holds the caller to it. */
record CellWords(ReachCell cell) {

  /** Stands for the caller's namespace until it is known who shares the sentences. */
  static final String HOME = "\u0000";

  /** What becomes of the call. */
  String outcome() {
    String code =
        cell.way() == Way.NONE
            ? " (%s)".formatted(cell.outcome())
            : " (%s, %s)".formatted(cell.outcome(), cell.way().text());
    return switch (cell.outcome()) {
      case EXTERNAL -> "leaves %s, %s".formatted(by() + further(), wire()) + code;
      case PASSTHROUGH ->
          "leaves %s, %s, %s"
                  .formatted(cell.bypass().isEmpty() ? "undeclared" : "unseen", by(), wire())
              + code;
      case MIXED -> "ends differently by share%s".formatted(code);
      case DENIED ->
          cell.enforcement().resources().isEmpty()
              ? "is denied%s: %s".formatted(code, homely(cell.detail()))
              : "is denied by %s%s%s".formatted(names(cell.enforcement().resources()), at(), code);
      default -> cell.outcome().words() + code + ": " + homely(cell.detail());
    };
  }

  /** Where a policy of a proxy is asked. */
  private String at() {
    return cell.enforcement().layer() == Layer.AUTHORIZATION_POLICY && !cell.proxies().isEmpty()
        ? " at " + cell.proxies().get(cell.proxies().size() - 1)
        : "";
  }

  /** What holds the caller to it; empty where there is nothing more to say. */
  String hold() {
    Enforcement enforcement = cell.enforcement();
    Escape escape = enforcement.escape();
    if (cell.outcome() == Outcome.UNDETERMINED) {
      return "";
    }
    if (enforcement.holds() == Holds.NOT_APPLICABLE) {
      return nothing();
    }
    boolean unproxied = cell.caller().proxy() == Proxy.NONE;
    return switch (enforcement.holds()) {
      case YES -> unproxied && !cell.leaves() ? "" : held(enforcement);
      case NO -> leak(escape, unproxied);
      default ->
          "whether a pod that goes around %s gets out cannot be told: %s"
              .formatted(own(), homely(escape.detail()));
    };
  }

  private String nothing() {
    if (cell.outcome() == Outcome.MIXED) {
      return "nothing holds the shares that leave directly";
    }
    if (!cell.bypass().isEmpty()) {
      return "nothing holds it: " + homely(cell.bypass());
    }
    return cell.outcome() == Outcome.PASSTHROUGH
        ? "nothing holds it: " + homely(cell.detail())
        : "nothing leads it through a gateway";
  }

  private String held(Enforcement enforcement) {
    Escape escape = enforcement.escape();
    String by =
        escape.resources().isEmpty() || !escape.way().equals(Way.NONE.text())
            ? ""
            : names(escape.resources());
    if (cell.leaves()) {
      return enforcement.layer() == Layer.NETWORK_POLICY
          ? "held there by %s, also when the pod goes around %s".formatted(by, own())
          : "around %s: %s".formatted(own(), homely(escape.detail()));
    }
    if (enforcement.resources().equals(escape.resources()) && !by.isEmpty()) {
      return "it holds a pod that goes around %s, too".formatted(own());
    }
    return by.isEmpty()
        ? "the same for a pod that goes around %s: %s".formatted(own(), homely(escape.detail()))
        : "a pod that goes around %s is held by %s".formatted(own(), by);
  }

  private String leak(Escape escape, boolean unproxied) {
    String whoever = unproxied ? "a pod" : "a pod that goes around " + own();
    if (!escape.gateway().isEmpty()) {
      return "but a pod that calls gateway %s by itself leaves through it"
          .formatted(escape.gateway());
    }
    boolean only =
        cell.enforcement().layer() == Layer.SIDECAR || cell.enforcement().layer() == Layer.ZTUNNEL;
    return only
        ? "only %s holds it: %s leaves directly".formatted(own(), whoever)
        : whoever + " leaves directly";
  }

  private String own() {
    return cell.caller().proxy() == Proxy.ZTUNNEL ? "ztunnel" : "its sidecar";
  }

  private String by() {
    if (!cell.proxies().isEmpty()) {
      return cell.proxies().stream()
          .map(this::homely)
          .collect(Collectors.joining(" and ", "through ", ""));
    }
    return switch (cell.caller().proxy()) {
      case SIDECAR -> cell.bypass().isEmpty() ? "straight from its sidecar" : "past its sidecar";
      case ZTUNNEL -> "straight from ztunnel";
      case NONE -> "straight from the pod";
    };
  }

  private String further() {
    return cell.forwardProxy().isEmpty() ? "" : " by forward proxy " + cell.forwardProxy();
  }

  private String wire() {
    if (cell.tls().isEmpty()) {
      return cell.destination().call().scheme() == Scheme.HTTP
          ? "in plain text"
          : "bytes as they are";
    }
    return cell.tls().equals("application")
        ? "TLS by the application"
        : "TLS by " + homely(cell.tls());
  }

  /** Without the caller's namespace, by which rows that are alike would differ. */
  String homely(String words) {
    String namespace = cell.caller().pod().namespace();
    return words
        .replace("sidecar " + namespace, "its sidecar")
        .replace("ztunnel " + namespace, "ztunnel")
        .replace(" " + namespace + "/", " " + HOME + "/");
  }

  private String names(List<ResourceKey> keys) {
    return keys.stream()
        .map(ResourceKey::toString)
        .map(this::homely)
        .collect(Collectors.joining(", "));
  }
}
