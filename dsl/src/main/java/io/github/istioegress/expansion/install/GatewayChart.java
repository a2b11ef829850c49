package io.github.istioegress.expansion.install;

import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.GatewayPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Istio's {@code gateway} chart needs to know of an egress gateway. */
final class GatewayChart {

  private GatewayChart() {}

  /** The chart's values. */
  static Map<String, Object> of(EgressGateway gateway, Map<String, String> nodeSelector) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", gateway.name());
    values.put("labels", new LinkedHashMap<>(gateway.labels()));
    values.put("service", service(gateway));
    if (!nodeSelector.isEmpty()) {
      values.put("nodeSelector", new LinkedHashMap<>(nodeSelector));
    }
    return values;
  }

  /** The gateway's Service: only for callers inside, where the chart's default is open outside. */
  static Map<String, Object> service(EgressGateway gateway) {
    List<Map<String, Object>> ports = new ArrayList<>();
    for (GatewayPort port : gateway.ports()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", portName(port.port()));
      entry.put("port", port.port());
      entry.put("protocol", "TCP");
      entry.put("targetPort", port.targetPort());
      ports.add(entry);
    }
    Map<String, Object> service = new LinkedHashMap<>();
    service.put("type", "ClusterIP");
    service.put("ports", ports);
    return service;
  }

  /** As Istio's own gateways name them; the first word tells istiod the protocol. */
  private static String portName(int port) {
    return switch (port) {
      case 80 -> "http2";
      case 443 -> "https";
      default -> "tcp-" + port;
    };
  }
}
