namespace Parley.Server.Http;

/// <summary>A request is not granted.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public ProblemException(int status, string detail)
        : this(new Problem(status, detail))
    {
    }

    public Problem Problem { get; } = problem;
}
