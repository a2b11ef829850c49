package io.github.istioegress.reach;

import io.github.istioegress.resource.ResourceKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The matrix as the tables and lists of the {@code explain} JSON, ready to be written. */
public final class ReachReport {

  private ReachReport() {}

  /** What stands under {@code reach}. */
  public static Map<String, Object> of(ReachMatrix matrix) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("callers", matrix.callers().stream().map(ReachReport::caller).toList());
    report.put(
        "destinations", matrix.destinations().stream().map(ReachReport::destination).toList());
    report.put("cells", matrix.cells().stream().map(ReachReport::cell).toList());
    return report;
  }

  private static Map<String, Object> caller(ReachCaller caller) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", caller.name());
    map.put("namespace", caller.pod().namespace());
    map.put("labels", caller.pod().labels());
    map.put("serviceAccount", caller.pod().serviceAccount());
    if (!caller.pod().annotations().isEmpty()) {
      map.put("annotations", caller.pod().annotations());
    }
    caller.workload().ifPresent(key -> map.put("resource", resource(key)));
    map.put("proxy", caller.proxy().text());
    map.put("detail", caller.note());
    return map;
  }

  private static Map<String, Object> destination(ReachDestination destination) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", destination.name());
    map.put("to", destination.call().url());
    map.put("host", destination.host());
    map.put("origin", destination.origin().text());
    map.put("resources", resources(destination.resources()));
    return map;
  }

  private static Map<String, Object> cell(ReachCell cell) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("from", cell.caller().name());
    map.put("to", cell.destination().name());
    map.put("outcome", cell.outcome().name());
    map.put("path", cell.way().text());
    map.put("bypass", cell.bypass());
    map.put("proxies", cell.proxies());
    map.put("forwardProxy", cell.forwardProxy());
    map.put("tls", cell.tls());
    map.put("detail", cell.detail());
    map.put("remedy", cell.remedy());
    map.put("enforcement", enforcement(cell.enforcement()));
    return map;
  }

  private static Map<String, Object> enforcement(Enforcement enforcement) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("layer", enforcement.layer().text());
    map.put("resources", resources(enforcement.resources()));
    map.put("holdsAroundProxy", enforcement.holds().text());
    Enforcement.Escape escape = enforcement.escape();
    Map<String, Object> around = new LinkedHashMap<>();
    around.put("path", escape.way());
    around.put("gateway", escape.gateway());
    around.put("resources", resources(escape.resources()));
    around.put("detail", escape.detail());
    map.put("aroundProxy", around);
    return map;
  }

  private static List<Object> resources(List<ResourceKey> keys) {
    return keys.stream().<Object>map(ReachReport::resource).toList();
  }

  private static Map<String, Object> resource(ResourceKey key) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", key.kind());
    map.put("namespace", key.namespace());
    map.put("name", key.name());
    return map;
  }
}
