package io.github.istioegress.trace;

/**
 * How the name of a call becomes the address that the application dials.
 *
 * @param name the name
 * @param by who answers
 * @param address the answer; one that stands for it where nothing says it; empty where ztunnel
 *     answers with an address that only istiod knows
 */
public record Lookup(String name, By by, String address) {

  /** Who answers a look-up. */
  public enum By {
    /** Nobody: the call names an address. */
    NOBODY(""),
    /** The resolver of the caller, whose answer was told with the call. */
    TOLD("the pod's resolver answers %s, as was told with the call"),
    /** The cluster's DNS, which knows its Services. */
    CLUSTER("the cluster's DNS answers %s, the address of the Service"),
    /** The caller's sidecar. */
    SIDECAR("the pod's sidecar answers %s, the address that istiod has for the host"),
    /** Somebody who knows the address that a ServiceEntry gives to the host. */
    ENTRY("the pod's resolver answers; %s, which its ServiceEntry says, is taken for the answer"),
    /** The resolver outside. */
    RESOLVER("the cluster's DNS asks outside; %s stands for the answer"),
    /** The ztunnel of the caller's node. */
    ZTUNNEL("the ztunnel of the pod's node answers %s");

    private final String words;

    By(String words) {
      this.words = words;
    }
  }

  /** What happens, in words; empty where nothing is looked up. */
  public String words() {
    if (by == By.NOBODY) {
      return "";
    }
    String answer = address.isEmpty() ? "an address that istiod gave to the host" : address;
    return name + " is looked up: " + by.words.formatted(answer);
  }
}
