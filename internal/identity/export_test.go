package identity

// Tests hash cheaply, except where the cost is the point.

func init() { argon.time, argon.memory, argon.threads = 1, 64, 1 }

// FullCost sets the cost of the product until the returned function is called.
func FullCost() (restore func()) {
	low := argon
	argon.time, argon.memory, argon.threads = 3, 64<<10, 4
	return func() { argon = low }
}
