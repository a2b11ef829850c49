package io.github.istioegress.intent;

/** What a namespace's NetworkPolicy cannot hold as it is said. */
final class NetworkReachCheck {

  private NetworkReachCheck() {}

  /**
   * Checks the sentences of a namespace.
   *
   * @throws IllegalArgumentException when one leads directly to a host whose addresses nobody says
   */
  static void check(NamespaceEgress said) {
    if (said.namespace().network().filter(reach -> !reach.reachesNames()).isEmpty()) {
      return;
    }
    for (HostEgress host : said.hosts()) {
      if (host.addresses().isEmpty()) {
        host.intents().stream()
            .filter(intent -> intent.path().isDirect())
            .findFirst()
            .ifPresent(intent -> refuse(intent, said.namespace().name()));
      }
    }
  }

  private static void refuse(EgressIntent intent, String namespace) {
    throw new IllegalArgumentException(
        "%s at %s goes to whatever address DNS answers, which the networkPolicy() of namespace %s cannot know: send it via(gateway), or say networkPolicy(NetworkReach.declared().toPublicAddresses()), or toAddresses(...) where they are known"
            .formatted(intent, intent.origin().place(), namespace));
  }
}
