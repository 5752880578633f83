namespace Parley.Server.Connections;

/// <summary>A session that has ended, and of whose end others are still to be told.</summary>
/// <param name="Id">Id of the session in the broker.</param>
/// <param name="Reason">What its user said, or what became of it.</param>
internal sealed record EndedSession(long Id, string Reason);
