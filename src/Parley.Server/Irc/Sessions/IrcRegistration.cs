using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Server.Irc.Sessions;

/// <summary>Progress of a client's registration, and what is known of the client before it is complete.</summary>
internal sealed class IrcRegistration
{
    /// <summary>The name it asks for; empty until it has.</summary>
    public UserName Name { get; set; }

    /// <summary>User name that the client has given; null until it has.</summary>
    public string? Ident { get; set; }

    public string RealName { get; set; } = "";

    /// <summary>The account it has proven before it registered; null if none.</summary>
    public ProvenAccount? Login { get; set; }

    /// <summary>Why it is away before it has registered; null if it is not.</summary>
    public string? Away { get; set; }

    /// <summary>True if it still negotiates, and is not to be let in before it has done.</summary>
    public bool IsNegotiating { get; set; }

    /// <summary>The version of negotiation that it understands; 0 if it has not begun any.</summary>
    public int CapVersion { get; set; }

    /// <summary>The password it has given; null if none.</summary>
    public string? Password { get; set; }

    /// <summary>Number of names that the client was refused.</summary>
    public int RefusedNames { get; set; }

    /// <summary>True if the client has said nothing of itself yet.</summary>
    public bool HasNotBegun => Name.IsEmpty && Ident is null && CapVersion == 0;

    /// <summary>Commands that a registration that takes too long still lacks.</summary>
    public string Lacks => (Name.IsEmpty, Ident is null) switch
    {
        (true, true) => "NICK and USER",
        (true, false) => "NICK",
        (false, true) => "USER",
        _ => "CAP END",
    };
}
