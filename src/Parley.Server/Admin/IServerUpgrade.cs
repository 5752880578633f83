namespace Parley.Server.Admin;

/// <summary>Has a newer program take the server's place.</summary>
internal interface IServerUpgrade
{
    /// <summary>Starts the program, and completes when it serves in this one's place, or it is known that it does not.</summary>
    /// <param name="program">The program; null for the file that this one was started from.</param>
    Task<AdminAnswer> RunAsync(string? program);
}
