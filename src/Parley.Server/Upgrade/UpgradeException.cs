namespace Parley.Server.Upgrade;

/// <summary>A newer program does not take the server's place: the message says why, in a sentence without a full stop.</summary>
/// <param name="message">Why.</param>
public sealed class UpgradeException(string message) : Exception(message);
