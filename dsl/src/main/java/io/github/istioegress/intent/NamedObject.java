package io.github.istioegress.intent;

/** What a sentence may give a name of its own, so that a live object can be adopted. */
public enum NamedObject {
  /** The ServiceEntry, and the base of every derived name. */
  SERVICE_ENTRY("named"),
  /** The sentence's port in the ServiceEntry. */
  PORT("portNamed"),
  /** The subset of the gateway's Service that carries the host's calls. */
  SUBSET("subset"),
  /** The VirtualService with both legs of the way. */
  VIRTUAL_SERVICE("virtualServiceNamed"),
  /** The DestinationRule for the gateway's Service. */
  DESTINATION_RULE("destinationRuleNamed"),
  /** The Gateway resource with the servers. */
  GATEWAY("gatewayNamed");

  private final String word;

  NamedObject(String word) {
    this.word = word;
  }

  /** The word of the language that gives this name. */
  public String word() {
    return word;
  }
}
