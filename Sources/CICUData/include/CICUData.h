#pragma once
// Nothing to call: the target exists for the data that it brings to the link.
