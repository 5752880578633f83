using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Core.Tokens;

namespace Parley.Storage.Sqlite.Engine;

/// <summary>One of the files in a data directory: what it is called, its schema, and how its failures are told.</summary>
internal sealed class FileKind
{
    public static readonly FileKind History = new("history", "history.db", "server.lock", "Schema.")
    {
        Title = "a history file",
        OnFull = "has no room for more messages: free disk space, keep less history, or allow the file to be larger",
        Exception = static (message, inner) => new HistoryException(message, inner),
    };

    public static readonly FileKind Accounts = new("accounts", "accounts.db", "accounts.lock", "Accounts.Schema.")
    {
        Title = "a file of accounts",
        OnFull = "has no room left: free disk space",
        Exception = static (message, inner) => new AccountStoreException(message, inner),
    };

    public static readonly FileKind Tokens = new("tokens", "tokens.db", "tokens.lock", "Tokens.")
    {
        Title = "a file of tokens",
        OnFull = "has no room left: free disk space",
        Exception = static (message, inner) => new TokenStoreException(message, inner),
    };

    private FileKind(string content, string fileName, string lockName, string scriptFolder)
    {
        Content = content;
        FileName = fileName;
        LockName = lockName;
        var prefix = $"{typeof(FileKind).Assembly.GetName().Name}.{scriptFolder}";
        Scripts =
        [
            .. typeof(FileKind).Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(Read),
        ];
    }

    /// <summary>True if there is such a file in a directory.</summary>
    /// <exception cref="System.Exception">That may not be known; of the kind's own type.</exception>
    public bool IsIn(string directory)
    {
        try
        {
            _ = File.GetAttributes(PathIn(directory));
            return true;
        }
        catch (System.Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (UnauthorizedAccessException e)
        {
            throw Exception($"{directory} may not be read by {Environment.UserName}: use another data directory{DirectoryOwner.Advice(directory)}", e);
        }
    }

    /// <summary>Contents of the file, in a word.</summary>
    public string Content { get; }

    public string FileName { get; }

    /// <summary>The file by which one server at a time has it.</summary>
    public string LockName { get; }

    /// <summary>The steps of its schema, first to last.</summary>
    public IReadOnlyList<string> Scripts { get; }

    /// <summary>The version of its schema that this program writes.</summary>
    public int LatestVersion => Scripts.Count;

    /// <summary>Name of the kind of file, for use after "is not".</summary>
    public required string Title { get; init; }

    /// <summary>Message for a full disk, for use after the path.</summary>
    public required string OnFull { get; init; }

    /// <summary>Makes the exception that callers of its store know.</summary>
    public required Func<string, Exception?, Exception> Exception { get; init; }

    public string PathIn(string directory) => Path.GetFullPath(Path.Combine(directory, FileName));

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(FileKind).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
