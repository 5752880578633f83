namespace Parley.Shape.Tests;

/// <summary>What a part may refer to. The table below is the one in docs, "parts and the direction of dependencies".</summary>
/// <param name="Parts">Parts of ours that it may refer to; null: any.</param>
/// <param name="Forbidden">Namespaces, packages and frameworks, each with all that is below it, that it must not.</param>
/// <param name="OnlyRuntime">Nothing beyond System.* either.</param>
internal sealed record PartRule(string[]? Parts, string[] Forbidden, bool OnlyRuntime = false)
{
    private static readonly string[] Sockets = ["System.Net.Sockets"];
    private static readonly string[] Web = ["Microsoft.AspNetCore"];
    private static readonly string[] Tasks = ["System.Threading.Tasks", "System.IO.Pipelines"];
    private static readonly string[] Databases =
        ["System.Data", "Microsoft.Data", "SQLitePCL", "SQLitePCLRaw", "Npgsql", "Dapper"];

    // Whoever runs in there may be on a socket loop, where nothing may block.
    private static readonly string[] Files =
    [
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo", "System.Net.Dns",
        "System.Net.Http", "System.Diagnostics.Process", "System.Console",
    ];
    private static readonly string[] Messaging = ["RabbitMQ"];

    public static IReadOnlyDictionary<string, PartRule> All { get; } = new Dictionary<string, PartRule>
    {
        ["Parley.Protocol"] = new([], [.. Sockets, .. Tasks], OnlyRuntime: true),
        ["Parley.Core"] = new([], [.. Sockets, .. Web, .. Databases, .. Files, .. Messaging]),
        ["Parley.Storage.Sqlite"] = new(["Parley.Core"], [.. Sockets, .. Web, .. Messaging]),
        ["Parley.Storage.Files"] = new(["Parley.Core"], [.. Sockets, .. Web, .. Databases, .. Messaging]),
        ["Parley.Storage.PostgreSql"] = new(["Parley.Core"], [.. Web, .. Messaging, "SQLitePCL", "SQLitePCLRaw"]),
        ["Parley.Cluster"] = new(["Parley.Core", "Parley.Storage.PostgreSql"], [.. Web, .. Messaging]),
        ["Parley.Server"] = new(["Parley.Core", "Parley.Protocol"], [.. Databases, .. Messaging]),
        ["Parley.Client"] = new(["Parley.Protocol"], [.. Web, .. Databases, .. Messaging]),
        ["Parley.Net"] = new([], [.. Web, .. Databases, .. Messaging]),
        ["Parley.Cli"] = new(null, []),
    };

    /// <summary>One sentence for each reference that breaks the rule.</summary>
    public IEnumerable<string> Violations(PartReferences references)
    {
        foreach (string part in references.Parts.Where(part => Parts is not null && !Parts.Contains(part)))
        {
            yield return $"{references.Where} refers to {part}";
        }

        foreach (string name in references.Libraries.Concat(references.Types).Where(IsForbidden))
        {
            yield return $"{references.Where} uses {name}";
        }

        foreach (string library in references.Libraries.Where(library => OnlyRuntime && !IsBelow("System", library)))
        {
            yield return $"{references.Where} needs {library}";
        }
    }

    private bool IsForbidden(string name) => Forbidden.Any(forbidden => IsBelow(forbidden, name));

    private static bool IsBelow(string top, string name) =>
        name == top || name.StartsWith(top + ".", StringComparison.Ordinal);
}
