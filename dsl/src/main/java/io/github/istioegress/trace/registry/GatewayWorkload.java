package io.github.istioegress.trace.registry;

import java.util.List;
import java.util.Map;

/**
 * A gateway's pods and Service, told beside the manifests.
 *
 * @param name the name of its Service
 * @param namespace the namespace of both
 * @param labels the labels of its pods
 * @param ports the ports of its Service
 */
public record GatewayWorkload(
    String name, String namespace, Map<String, String> labels, List<Port> ports) {

  /** Freezes the collections. */
  public GatewayWorkload {
    labels = Map.copyOf(labels);
    ports = List.copyOf(ports);
  }

  /**
   * A port of the Service.
   *
   * @param port the port that routes name
   * @param targetPort the port at the pods
   */
  public record Port(int port, int targetPort) {}

  /** The fully qualified name of its Service. */
  public String serviceHost() {
    return name + "." + namespace + ".svc.cluster.local";
  }
}
