package viewing

import "time"

// SetGrace changes how long views outlive the database; before the room is used.
func (r *Room) SetGrace(d time.Duration) { r.grace = d }
