using System.CommandLine;

namespace Parley.Cli.Verbs;

/// <summary>Options that take one of a few words, in any case, and say which when they are given another.</summary>
internal static class ChoiceOption
{
    /// <summary>An option with a value of an enum.</summary>
    public static Option<T> Create<T>(string name, string description, T value)
        where T : struct, Enum
    {
        string[] words = Enum.GetNames<T>();
        return new Option<T>(name)
        {
            HelpName = string.Join('|', words).ToLowerInvariant(),
            Description = description,
            DefaultValueFactory = _ => value,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                int index = Array.FindIndex(words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
                if (index >= 0)
                {
                    return Enum.GetValues<T>()[index];
                }

                result.AddError($"'{text}' will not do for {name}: give {string.Join(" or ", words).ToLowerInvariant()}");
                return value;
            },
        };
    }
}
