using System.CommandLine;
using System.Globalization;

namespace Parley.Cli.Verbs;

/// <summary>Options that take a number within bounds, and say the bounds when they are given another.</summary>
internal static class NumberOption
{
    /// <summary>An option with a whole number.</summary>
    public static Option<int> Create(string name, string description, int defaultValue, int min, int max) => new(name)
    {
        HelpName = "N",
        Description = description,
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number >= min && number <= max)
            {
                return number;
            }

            result.AddError($"'{result.Tokens[0].Value}' will not do for {name}: give a number from {min} to {max}");
            return defaultValue;
        },
    };

    /// <summary>An option with a whole number, which may be left out.</summary>
    public static Option<int?> Optional(string name, string description, int min, int max) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number >= min && number <= max)
            {
                return number;
            }

            result.AddError($"'{result.Tokens[0].Value}' will not do for {name}: give a number from {min} to {max}");
            return null;
        },
    };

    /// <summary>An option with a port, which may be left out.</summary>
    public static Option<int?> Port(string description) => new("--port")
    {
        HelpName = "PORT",
        Description = description,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536)
            {
                return port;
            }

            result.AddError($"'{result.Tokens[0].Value}' is not a port: give a number from 1 to 65535");
            return null;
        },
    };

    /// <summary>The option <c>--timeout</c>, in seconds or parts of them.</summary>
    public static Option<double> Timeout(string description, double defaultSeconds) => new("--timeout")
    {
        HelpName = "SECONDS",
        Description = description,
        DefaultValueFactory = _ => defaultSeconds,
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
                && seconds is >= 0.01 and <= 3600)
            {
                return seconds;
            }

            result.AddError($"'{result.Tokens[0].Value}' will not do for --timeout: give seconds from 0.01 to 3600, such as 0.5");
            return defaultSeconds;
        },
    };
}
