package io.github.istioegress.intent;

import java.time.Duration;

/** A sentence whose calls pass a gateway that reads them as HTTP. */
public sealed interface HttpGatewayIntent extends HttpIntent, GatewayIntent permits Sentence {

  /**
   * Only these requests may pass; the gateway refuses all others ({@code AuthorizationPolicy}), and
   * takes no call that no sentence of the plan lets through.
   *
   * @throws IllegalArgumentException when there is none
   */
  HttpGatewayIntent allow(Requests... requests);

  @Override
  HttpGatewayIntent from(Callers... callers);

  @Override
  HttpGatewayIntent timeout(Duration longest);

  @Override
  HttpGatewayIntent retries(int attempts, RetryOn... on);

  @Override
  HttpGatewayIntent fault(Fault fault);

  @Override
  HttpGatewayIntent mirroredTo(HttpIntent copies, int percent);

  @Override
  HttpGatewayIntent named(String name);

  @Override
  HttpGatewayIntent portNamed(String name);

  @Override
  HttpGatewayIntent subset(String name);

  @Override
  HttpGatewayIntent virtualServiceNamed(String name);

  @Override
  HttpGatewayIntent destinationRuleNamed(String name);

  @Override
  HttpGatewayIntent gatewayNamed(String name);

  @Override
  HttpGatewayIntent declaredAs(DeclaredProtocol protocol);

  @Override
  HttpGatewayIntent visible(Visibility to);

  @Override
  HttpGatewayIntent connections(int most);

  @Override
  HttpGatewayIntent connectTimeout(Duration longest);

  @Override
  HttpGatewayIntent ejectAfter(Ejection ejection);
}
