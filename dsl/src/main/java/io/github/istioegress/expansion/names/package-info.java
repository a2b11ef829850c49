/** Names of resources to which the user gave none. */
@NullMarked
package io.github.istioegress.expansion.names;

import org.jspecify.annotations.NullMarked;
