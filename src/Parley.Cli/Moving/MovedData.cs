namespace Parley.Cli.Moving;

/// <summary>Numbers of the things that were taken to another store.</summary>
/// <param name="To">The store.</param>
/// <param name="Accounts">Accounts, with all that belongs to them.</param>
/// <param name="Rooms">Registered rooms.</param>
/// <param name="Bans">Bans from the server.</param>
/// <param name="Tokens">Tokens, those that are revoked, too.</param>
/// <param name="Hooks">Web hooks.</param>
/// <param name="Messages">Messages and events of rooms.</param>
/// <param name="MessagesPresent">Messages that an earlier attempt had moved already.</param>
internal sealed record MovedData(string To, int Accounts, int Rooms, int Bans, int Tokens, int Hooks, long Messages, long MessagesPresent);
