using System.Net;

namespace Parley.ClusterCheck.Machine;

/// <summary>How the machines of a cluster are connected, of which there is one here.</summary>
internal interface INetwork : IAsyncDisposable
{
    /// <summary>Name of the machine that the database is on.</summary>
    const string Database = "database";

    /// <summary>Reason why no connection can be cut; null where they can.</summary>
    string? WhyNoCuts { get; }

    /// <summary>Words that begin a command that is to run on a machine.</summary>
    Task<IReadOnlyList<string>> OnAsync(string machine);

    /// <summary>Address of a machine.</summary>
    IPAddress AddressOf(string machine);

    /// <summary>Has what one machine sends to the other vanish, and the other way round.</summary>
    Task CutAsync(string one, string other);

    /// <summary>Has everything arrive again.</summary>
    Task HealAsync();
}
