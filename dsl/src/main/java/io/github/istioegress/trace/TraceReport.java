package io.github.istioegress.trace;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.trace.envoy.UpstreamTls;
import io.github.istioegress.trace.registry.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Traces as the tables and lists of the {@code explain} JSON, ready to be written. */
public final class TraceReport {

  private TraceReport() {}

  /**
   * The report of calls.
   *
   * @param version the Istio release whose choices held
   * @param traces the traces, in the order of the calls
   */
  public static Map<String, Object> of(IstioVersion version, List<Trace> traces) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("istioVersion", version.toString());
    report.put("calls", traces.stream().map(TraceReport::call).toList());
    return report;
  }

  private static Map<String, Object> call(Trace trace) {
    Map<String, Object> from = new LinkedHashMap<>();
    from.put("namespace", trace.call().from().namespace());
    from.put("labels", trace.call().from().labels());
    if (!trace.call().from().annotations().isEmpty()) {
      from.put("annotations", trace.call().from().annotations());
    }
    if (trace.call().from().hostNetwork()) {
      from.put("hostNetwork", true);
    }
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("name", trace.call().name());
    call.put("from", from);
    call.put("to", trace.call().url());
    if (trace.lookup().by() != Lookup.By.NOBODY) {
      Map<String, Object> dns = new LinkedHashMap<>();
      dns.put("name", trace.lookup().name());
      dns.put("by", trace.lookup().by().name());
      dns.put("address", trace.lookup().address());
      call.put("dns", dns);
    }
    call.put("outcome", trace.outcome().name());
    call.put("path", trace.way().text());
    // A call that arrives needs no explanation; where it goes is in its hops.
    call.put("detail", trace.outcome() == Outcome.EXTERNAL ? "" : trace.detail());
    call.put("remedy", trace.remedy());
    if (!trace.warnings().isEmpty()) {
      call.put("warnings", trace.warnings());
    }
    List<Object> branches = new ArrayList<>();
    for (Branch branch : trace.branches()) {
      Map<String, Object> share = new LinkedHashMap<>();
      share.put("weight", branch.weight());
      share.put("outcome", branch.outcome().name());
      share.put("detail", branch.detail());
      share.put("hops", branch.hops().stream().map(TraceReport::hop).toList());
      branches.add(share);
    }
    call.put("branches", branches);
    return call;
  }

  private static Map<String, Object> hop(Hop hop) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("proxy", hop.proxy());
    map.put("listener", hop.listener());
    map.put("filter", hop.filter());
    map.put("virtualHost", hop.virtualHost());
    map.put("route", hop.route());
    map.put("cluster", hop.cluster());
    map.put("host", hop.host());
    map.put("port", hop.port());
    map.put("subset", hop.subset());
    map.put("discovery", hop.discovery());
    map.put("upstreamTLS", tls(hop.upstreamTls()));
    map.put("timeout", hop.timeout());
    map.put("retries", hop.retries().orElse(null));
    put(map, "authority", hop.authority());
    put(map, "tunnel", hop.tunnel());
    if (!hop.failover().isEmpty()) {
      map.put("failover", hop.failover());
    }
    if (!hop.mirrors().isEmpty()) {
      map.put("mirrors", hop.mirrors().stream().map(TraceReport::mirrored).toList());
    }
    map.put("resources", hop.decisions().stream().map(TraceReport::resource).toList());
    return map;
  }

  private static Map<String, Object> mirrored(Mirrored copies) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("cluster", copies.cluster());
    map.put("percent", copies.share());
    map.put("discovery", copies.discovery());
    map.put("upstreamTLS", tls(copies.upstreamTls()));
    map.put("authority", copies.authority());
    map.put("sent", copies.sent());
    return map;
  }

  private static Map<String, Object> tls(UpstreamTls tls) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mode", tls.mode().name());
    put(map, "sni", tls.sni());
    if (!tls.sans().isEmpty()) {
      map.put("sans", tls.sans());
    }
    put(map, "ca", tls.ca());
    put(map, "clientCert", tls.clientCert());
    return map;
  }

  private static void put(Map<String, Object> map, String key, String value) {
    if (!value.isEmpty()) {
      map.put(key, value);
    }
  }

  private static Map<String, Object> resource(Decision decision) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", decision.resource().kind());
    map.put("namespace", decision.resource().namespace());
    map.put("name", decision.resource().name());
    map.put("path", decision.path());
    decision
        .place()
        .ifPresent(
            place -> {
              map.put("file", place.file());
              map.put("line", place.line());
            });
    return map;
  }
}
