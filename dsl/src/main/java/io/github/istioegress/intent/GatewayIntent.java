package io.github.istioegress.intent;

import java.time.Duration;

/** A sentence whose calls pass a gateway that can tell who calls. */
public sealed interface GatewayIntent extends EgressIntent permits HttpGatewayIntent {

  /**
   * Only these may call; the gateway refuses all others ({@code AuthorizationPolicy}). The hop to
   * the gateway becomes mutual TLS of the mesh, by which the gateway knows the caller. The gateway
   * then takes no call that no sentence of the plan lets through: its policy ends in deny.
   *
   * @param callers namespaces or service accounts, of the namespace in which the sentence is said
   * @throws IllegalArgumentException when there is none, or the host is a wildcard
   */
  GatewayIntent from(Callers... callers);

  @Override
  GatewayIntent named(String name);

  @Override
  GatewayIntent portNamed(String name);

  @Override
  GatewayIntent subset(String name);

  @Override
  GatewayIntent virtualServiceNamed(String name);

  @Override
  GatewayIntent destinationRuleNamed(String name);

  @Override
  GatewayIntent gatewayNamed(String name);

  @Override
  GatewayIntent declaredAs(DeclaredProtocol protocol);

  @Override
  GatewayIntent visible(Visibility to);

  @Override
  GatewayIntent connections(int most);

  @Override
  GatewayIntent connectTimeout(Duration longest);

  @Override
  GatewayIntent ejectAfter(Ejection ejection);
}
