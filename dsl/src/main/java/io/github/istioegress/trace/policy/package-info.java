/** AuthorizationPolicies, as the pods they hold for enforce them. */
@NullMarked
package io.github.istioegress.trace.policy;

import org.jspecify.annotations.NullMarked;
