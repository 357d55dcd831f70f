"""From a query to ranked passages; keeping the index equal to the folder."""
