namespace Parley.Server.Admin;

/// <summary>State of a server.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="UpSeconds">Whole seconds since it started.</param>
/// <param name="Ready">Whether new users may come.</param>
/// <param name="Health">How it is, in a line.</param>
/// <param name="Users">Users who are there, programs among them.</param>
/// <param name="MaxUsers">Users at the busiest moment since the start.</param>
/// <param name="Rooms">Rooms with somebody in them.</param>
/// <param name="MemoryBytes">Memory that the process uses.</param>
/// <param name="Listeners">Where it listens, each as <c>name address</c>.</param>
public sealed record AdminStatus(
    string Version, long UpSeconds, bool Ready, string Health, int Users, int MaxUsers, int Rooms, long MemoryBytes, IReadOnlyList<string> Listeners);
