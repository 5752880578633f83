namespace Parley.Server.Upgrade;

/// <summary>A program that posts, and is a user without a connection, as another process goes on with it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Session">Id of its session in the broker.</param>
/// <param name="QuietFor">Milliseconds since it posted last.</param>
internal sealed record HandedPoster(string Name, long Session, long QuietFor);
