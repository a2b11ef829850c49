/** AuthorizationPolicies, as a gateway's pods enforce them. */
@NullMarked
package io.github.istioegress.trace.policy;

import org.jspecify.annotations.NullMarked;
