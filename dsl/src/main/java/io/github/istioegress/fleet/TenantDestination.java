package io.github.istioegress.fleet;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPath;
import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.EgressWay;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.GatewayIntent;
import io.github.istioegress.intent.Handling;
import io.github.istioegress.intent.MutualHop;
import io.github.istioegress.intent.Origin;
import java.util.Objects;

/**
 * What a tenant asks to reach.
 *
 * @param name what the tenant calls it; empty where nothing
 * @param host the host outside
 * @param port the port and what the application speaks there
 * @param handling its addresses where bytes are spoken, and TLS that the last proxy begins
 * @param origin where it is said
 */
public record TenantDestination(
    String name, ExternalHost host, EgressPort port, Handling handling, Origin origin) {

  /** Refuses nulls. */
  public TenantDestination {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(handling, "handling");
    Objects.requireNonNull(origin, "origin");
  }

  /**
   * A destination said in Java.
   *
   * @throws IllegalArgumentException when the host is no fully qualified name
   */
  public static TenantDestination of(String host, EgressPort port) {
    return new TenantDestination(
        "", new ExternalHost(host), port, Handling.none(), Origin.caller());
  }

  /**
   * The sentence by which its calls leave through a gateway or a waypoint.
   *
   * @throws IllegalArgumentException when the way does not have the port
   */
  public GatewayIntent via(EgressWay way) {
    return said(EgressPath.through(way));
  }

  /**
   * The same with mutual TLS of the mesh to the gateway.
   *
   * @throws IllegalArgumentException when the gateway does not have the port
   */
  public GatewayIntent via(MutualHop hop) {
    return said(EgressPath.through(hop));
  }

  /** The sentence by which its calls leave straight from the sidecar. */
  public EgressIntent direct() {
    return said(EgressPath.direct());
  }

  private GatewayIntent said(EgressPath path) {
    return EgressIntent.of(host, port, path, handling, origin);
  }

  /** What two destinations of a tenant may not share. */
  String key() {
    return host + ":" + port.number();
  }
}
