using System.CommandLine;
using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Storage.PostgreSql;
using Parley.Storage.Sqlite.Admin;

namespace Parley.Cli.Verbs;

/// <summary>The two stores of a verb that takes data from one to another: each a data directory, or a PostgreSQL database.</summary>
internal sealed class MoveStores
{
    private readonly Option<string> _from = StoreOption("--from", "The store to read");
    private readonly Option<string> _to = StoreOption("--to", "The store to write, which is begun where it is missing");

    /// <summary>Gives a verb the options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_from);
        command.Options.Add(_to);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_from) is { } source && source == result.GetValue(_to))
            {
                result.AddError("--from and --to are the same: name two stores");
            }
        });
    }

    /// <summary>Opens the messages that are read; null if there is no history.</summary>
    public IHistoryArchive? FindHistory(ParseResult arguments)
    {
        var store = arguments.GetValue(_from)!;
        return DatabaseAddress.IsMeant(store) || File.Exists(Path.Combine(store, "history.db")) ? Open(store, create: false) : null;
    }

    /// <summary>Opens the messages that are read.</summary>
    public IHistoryArchive OpenHistory(ParseResult arguments) => Open(arguments.GetValue(_from)!, create: false);

    /// <summary>Opens the history that is written.</summary>
    public IHistoryArchive OpenTargetHistory(ParseResult arguments) => Open(arguments.GetValue(_to)!, create: true);

    /// <summary>Opens the accounts that are read.</summary>
    public IAccountArchive OpenAccounts(ParseResult arguments) => OpenAccounts(arguments.GetValue(_from)!, create: false);

    /// <summary>Opens where accounts are written.</summary>
    public IAccountArchive OpenTargetAccounts(ParseResult arguments) => OpenAccounts(arguments.GetValue(_to)!, create: true);

    private static IHistoryArchive Open(string store, bool create)
    {
        if (DatabaseAddress.TryParse(store, out var address))
        {
            return PostgreSqlHistoryAdmin.Open(address);
        }

        return create ? SqliteHistoryAdmin.OpenOrCreate(store) : SqliteHistoryAdmin.Open(store);
    }

    private static IAccountArchive OpenAccounts(string store, bool create)
        => DatabaseAddress.TryParse(store, out var address) ? PostgreSqlAccountArchive.Open(address) : SqliteAccountArchive.Open(store, create);

    private static Option<string> StoreOption(string name, string description)
    {
        var option = new Option<string>(name) { HelpName = "STORE", Description = description, Required = true };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && DatabaseAddress.IsMeant(token.Value) && !DatabaseAddress.TryParse(token.Value, out _))
            {
                result.AddError($"{name} will not do: give a data directory, or {DatabaseAddress.Form}");
            }
        });
        return option;
    }
}
