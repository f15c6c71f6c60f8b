/** The papers that the notes cite, in the order of their years. */
export const references = [
  "A. Cauchy (1847). Méthode générale pour la résolution des systèmes d'équations simultanées. *Comptes rendus* 25.",
  "B. T. Polyak (1964). Some methods of speeding up the convergence of iteration methods. *USSR Computational Mathematics and Mathematical Physics* 4(5).",
  "Y. Nesterov (1983). A method for solving the convex programming problem with convergence rate O(1/k²). *Soviet Mathematics Doklady* 27.",
  "D. E. Rumelhart, G. E. Hinton, R. J. Williams (1986). Learning representations by back-propagating errors. *Nature* 323.",
  "J. S. Bridle (1990). Probabilistic interpretation of feedforward classification network outputs. In *Neurocomputing: Algorithms, Architectures and Applications*.",
  "S. Hochreiter (1991). *Untersuchungen zu dynamischen neuronalen Netzen*. Diploma thesis, TU München.",
  "Y. LeCun, L. Bottou, G. Orr, K.-R. Müller (1998). Efficient BackProp. In *Neural Networks: Tricks of the Trade*.",
  "X. Glorot, Y. Bengio (2010). Understanding the difficulty of training deep feedforward neural networks. *AISTATS*.",
  "V. Nair, G. E. Hinton (2010). Rectified linear units improve restricted Boltzmann machines. *ICML*.",
  "J. Duchi, E. Hazan, Y. Singer (2011). Adaptive subgradient methods for online learning and stochastic optimization. *JMLR* 12.",
  "X. Glorot, A. Bordes, Y. Bengio (2011). Deep sparse rectifier neural networks. *AISTATS*.",
  "T. Tieleman, G. E. Hinton (2012). Lecture 6.5, RMSprop. *Coursera: Neural Networks for Machine Learning*.",
  "A. M. Saxe, J. L. McClelland, S. Ganguli (2014). Exact solutions to the nonlinear dynamics of learning in deep linear neural networks. *ICLR*.",
  "K. He, X. Zhang, S. Ren, J. Sun (2015). Delving deep into rectifiers: surpassing human-level performance on ImageNet classification. *ICCV*.",
  "D. P. Kingma, J. Ba (2015). Adam: a method for stochastic optimization. *ICLR*.",
] as const;
