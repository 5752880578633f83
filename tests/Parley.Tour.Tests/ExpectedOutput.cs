namespace Parley.Tour.Tests;

/// <summary>What a sample prints: groups of lines, one after the other, of which some have no order inside.</summary>
/// <remarks>
/// In the header of a sample, where each line stands behind `//` and three blanks:
/// <code>
/// output  = heading *line *( again *line )
/// heading = "// Output:" / "// Output, in any order:"
/// again   = "// Then:" / "// Then, in any order:"
/// </code>
/// </remarks>
internal sealed record ExpectedOutput(IReadOnlyList<ExpectedOutput.Group> Groups)
{
    private const string AnyOrder = ", in any order:";
    private const string LineStart = "//   ";

    public static bool IsHeading(string line) => line is "// Output:" or "// Output" + AnyOrder;

    public static ExpectedOutput Parse(IReadOnlyList<string> header)
    {
        List<Group> groups = [];
        List<string> lines = [];
        foreach (string line in header)
        {
            if (line.StartsWith(LineStart, StringComparison.Ordinal))
            {
                lines.Add(line[LineStart.Length..]);
            }
            else if (IsHeading(line) || line is "// Then:" or "// Then" + AnyOrder)
            {
                lines = [];
                groups.Add(new Group(lines, line.EndsWith(AnyOrder, StringComparison.Ordinal)));
            }
            else
            {
                throw new FormatException($"This is neither expected output nor a heading of it: {line}");
            }
        }

        return new ExpectedOutput(groups);
    }

    /// <summary>Where the output is another one, in a sentence; null if it is this one.</summary>
    public string? Mismatch(IReadOnlyList<string> printed)
    {
        int at = 0;
        foreach (Group group in Groups)
        {
            string[] found = [.. printed.Skip(at).Take(group.Lines.Count)];
            if (!group.Matches(found))
            {
                string order = group.IsInAnyOrder ? "in any order " : "";
                return $"From line {at + 1} on it should print {order}\n{Show(group.Lines)}but prints\n{Show(found)}";
            }

            at += group.Lines.Count;
        }

        return at == printed.Count ? null : $"After line {at} it should end, but prints\n{Show(printed.Skip(at))}";
    }

    private static string Show(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"  {line}\n"));

    internal sealed record Group(IReadOnlyList<string> Lines, bool IsInAnyOrder)
    {
        public bool Matches(IEnumerable<string> printed) => IsInAnyOrder
            ? Lines.Order(StringComparer.Ordinal).SequenceEqual(printed.Order(StringComparer.Ordinal))
            : Lines.SequenceEqual(printed);
    }
}
