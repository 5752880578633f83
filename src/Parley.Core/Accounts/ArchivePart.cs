namespace Parley.Core.Accounts;

/// <summary>Parts of an archive, each of which is taken over wholly or not at all.</summary>
public enum ArchivePart
{
    /// <summary>Accounts with what belongs to them, bans, decisions, registered rooms, and the server's secrets.</summary>
    Accounts,

    /// <summary>Tokens, answers given to those who showed one, and web hooks.</summary>
    Tokens,
}
