namespace Parley.Core.Queries;

/// <summary>Question about what is here. It is always asked by somebody, and answered as far as that one may know.</summary>
/// <typeparam name="T">The answer.</typeparam>
public abstract record Query<T> : Query
{
    internal override Type AnswerType => typeof(T);
}

/// <summary>Question about what is here, whatever the answer is.</summary>
public abstract record Query
{
    internal abstract Type AnswerType { get; }
}
