using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Schema;

/// <summary>Where authors were, as the file has it: most have one of few, which takes up a number and not a text.</summary>
internal static class StoredOrigin
{
    // By number from 1 on. An entry MUST NOT be changed or moved; more may be added at the end.
    private static readonly string[] Common = ["lines@parley", "user@parley", "lines@localhost", "addressed@localhost"];

    public static Statement BindOrigin(this Statement statement, int parameter, string? origin) => origin switch
    {
        null => statement.BindNull(parameter),
        _ when Array.IndexOf(Common, origin) is >= 0 and var index => statement.Bind(parameter, index + 1),
        _ => statement.Bind(parameter, origin),
    };

    public static string? Read(Statement row, int column)
    {
        if (row.IsNull(column))
        {
            return null;
        }

        var number = row.IsInteger(column) ? row.Number(column) : 0;
        return number switch
        {
            0 => row.Text(column),
            > 0 when number <= Common.Length => Common[number - 1],
            _ => throw row.Damaged("an origin that is none"),
        };
    }
}
