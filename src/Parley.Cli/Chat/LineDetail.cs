namespace Parley.Cli.Chat;

/// <summary>Amount of the server's output that the plain client prints.</summary>
internal enum LineDetail
{
    /// <summary>Every line.</summary>
    All,

    /// <summary>Answers and what others say: no greeting, no replayed history, no echo of the user's own lines.</summary>
    Answers,

    /// <summary>Nothing, unless a line was not said.</summary>
    Quiet,
}
