namespace Parley.Server.Posting;

/// <summary>Something was not said; the message says why, in words for whoever wanted it said.</summary>
/// <param name="failure">Why.</param>
/// <param name="message">Why, for people.</param>
public sealed class PostException(PostFailure failure, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public PostFailure Failure { get; } = failure;
}
