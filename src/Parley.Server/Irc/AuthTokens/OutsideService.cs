namespace Parley.Server.Irc.AuthTokens;

/// <summary>A service outside of the server.</summary>
/// <param name="Name">Its name, in capitals.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Description">For people; may be empty.</param>
internal sealed record OutsideService(string Name, string Url, string Description);
