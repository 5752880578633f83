
using Parley.Core.Hooks;
using Parley.Core.Tokens;

namespace Parley.Storage.Sqlite.Tokens;

/// <summary>Tokens, what was answered to them, and web hooks, in one SQLite file beside history's, which servers and operators use at once.</summary>
public sealed class SqliteTokens : IDisposable
{
    private readonly TokenFile _file;

    private SqliteTokens(TokenFile file)
    {
        _file = file;
        Tokens = new SqliteTokenStore(file);
        Answers = new SqliteAnswerStore(file);
        Hooks = new SqliteHookStore(file);
    }

    /// <summary>The tokens.</summary>
    public ITokenStore Tokens { get; }

    /// <summary>Answers given to the programs that showed a token.</summary>
    public IAnswerStore Answers { get; }

    /// <summary>The hooks.</summary>
    public IHookStore Hooks { get; }

    /// <summary>Uses the file in a directory as soon as there is one.</summary>
    public static SqliteTokens Watch(string directory) => new(new TokenFile(directory, create: false));

    /// <summary>Uses the file in a directory; both are made where they are missing.</summary>
    public static SqliteTokens OpenOrCreate(string directory) => new(new TokenFile(directory, create: true));

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
