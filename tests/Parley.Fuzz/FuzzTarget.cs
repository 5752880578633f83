namespace Parley.Fuzz;

/// <summary>A claim about a parser that must hold for every input.</summary>
/// <param name="Name">The name on the command line and of its corpus, such as <c>irc-message</c>.</param>
/// <param name="Run">Checks one input; throws if the claim does not hold.</param>
/// <param name="Covers">The types whose parsing it exercises.</param>
internal sealed record FuzzTarget(string Name, Action<ReadOnlyMemory<byte>> Run, params Type[] Covers)
{
    /// <summary>Inputs a second are few where each is a whole conversation.</summary>
    public bool IsConversation { get; init; }

    /// <summary>Throws unless the condition is true.</summary>
    /// <exception cref="FuzzException">The claim does not hold.</exception>
    public static void Require(bool condition, string claim)
    {
        if (!condition)
        {
            throw new FuzzException(claim);
        }
    }
}
