namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>How the model's matrices are stored and multiplied; one for each <see cref="ModelPrecision"/>.</summary>
internal interface IMatrixForm
{
    /// <summary>Adds the token embedding's rows at <paramref name="ids"/>.</summary>
    /// <returns>The name of the rows [batch, sequence, width].</returns>
    string Embed(string ids);

    /// <summary>Adds input x matrix + bias for the Conv1D <paramref name="name"/>, whose weight is [in, out].</summary>
    /// <param name="input">Name of a value [batch, sequence, in].</param>
    /// <param name="name">The layer's Hugging Face name without <c>.weight</c>.</param>
    /// <param name="inWidth">Rows of the matrix.</param>
    /// <param name="outWidth">Columns of the matrix.</param>
    /// <returns>The name of the product.</returns>
    string Linear(string input, string name, int inWidth, int outWidth);

    /// <summary>Adds the head: <paramref name="input"/> [batch, 1, width] to <paramref name="output"/> [batch, 1, vocabulary].</summary>
    void Head(string input, string output);
}
