namespace Parley.Server.Connections;

/// <summary>The state of a session that only its protocol knows, for another process that goes on with it.</summary>
/// <param name="Protocol">Name of the protocol, by which that process knows who reads the state.</param>
/// <param name="State">The state, in a form of the protocol's own.</param>
internal sealed record HandedSession(string Protocol, string State);
