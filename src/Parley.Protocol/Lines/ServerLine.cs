namespace Parley.Protocol.Lines;

/// <summary>One line from a lines server, understood.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Name">Whom it is about (<see cref="ServerLineKind.YouJoined"/>: which room), or empty.</param>
/// <param name="Text">
/// The reason of <see cref="ServerLineKind.Deleted"/>, if there is one; the message, action or list; for <see cref="ServerLineKind.Left"/>, by whom it was kicked and why, if it was; what follows <c>History - </c>; the new name of <see cref="ServerLineKind.Renamed"/>; the whole line, less its time, of
/// <see cref="ServerLineKind.Notice"/>, <see cref="ServerLineKind.InNoRoom"/> and <see cref="ServerLineKind.Dropped"/>; empty for the others.
/// </param>
/// <param name="Time">The time that preceded the line, in the server's zone, if it had one.</param>
/// <param name="Count">How many messages <see cref="ServerLineKind.Dropped"/> is about.</param>
/// <param name="Date">The date that preceded the line, if it had one: what was said on an earlier day has.</param>
public readonly record struct ServerLine(
    ServerLineKind Kind, string Name, string Text, TimeOnly? Time = null, long Count = 0, DateOnly? Date = null)
{
    /// <summary>Room of the line, after <c>/tags on</c>; empty where it belongs to none, or to all.</summary>
    public string Room { get; init; } = "";

    /// <summary>Id of the message, after <c>/tags on</c>; empty where it has none.</summary>
    public string Id { get; init; } = "";

    /// <summary>Id of the message that this one answers, or that was deleted, after <c>/tags on</c>; empty for none.</summary>
    public string Reference { get; init; } = "";
}
